-- How the hosted pages of a merchant look, where that is not the usual. logo_id leads to its picture.
create table merchant_brand (
  merchant_id integer primary key references merchant (id),
  language    text,
  colour      text check (colour ~ '^#[0-9a-f]{6}$'),
  logo_id     text
);

-- Raster pictures that pages show from this server alone: logos, and those of what is bought. picture_id is made of a logo's content,
-- or of the address that an order names; that address is asked by a job, before anybody looks at the order. What could not be had, or is no such
-- picture, is refused and not asked for again while orders name it.
create table picture (
  merchant_id    integer not null,
  picture_id     text not null check (picture_id ~ '^[0-9a-f]{32}$'),
  url            text check (length(url) <= 2048),
  state          text not null check (state in ('wanted', 'kept', 'refused')),
  type           text check (type in ('image/png', 'image/jpeg', 'image/webp', 'image/gif')),
  content        bytea check (octet_length(content) between 1 and 524288),
  tries          smallint not null default 0 check (tries >= 0),
  fetch_at       timestamptz,
  claimed_until  timestamptz,
  named_at       timestamptz not null,
  primary key (merchant_id, picture_id),
  constraint picture_kept_has_content check ((state = 'kept') = (content is not null) and (content is null) = (type is null)),
  constraint picture_wanted_is_due check ((state = 'wanted') = (fetch_at is not null)),
  constraint picture_wanted_has_an_address check (state = 'kept' or url is not null)
);
create index picture_due on picture (fetch_at) where state = 'wanted';
create index picture_by_age on picture (named_at) where url is not null;
