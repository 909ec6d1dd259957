-- Where the money of a captured payment comes from is a fact of the payment, and no longer read from the API that made it.
-- Servers of an older version must be stopped before: they write payments without it.

alter table payment add column funding text;
update payment set funding = case protocol when 'scalapay' then 'shopper' when 'kupay' then 'none' else 'acquirer' end;
alter table payment alter column funding set not null,
  add constraint payment_funding_known check (funding in ('shopper', 'acquirer', 'none'));

drop type new_payment;
create type funded_payment as (
  merchant_id         integer,
  payment_id          text,
  protocol            text,
  product             text,
  funding             text,
  currency            text,
  total               bigint,
  fee_ppm             integer,
  fee_tax_ppm         integer,
  merchant_reference  text,
  sequence            integer,
  created_at          timestamptz,
  expires_at          timestamptz,
  instrument          jsonb,
  pending_attempt     jsonb
);
