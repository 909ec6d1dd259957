/** Kinds of picture that hold nothing but pixels: an SVG is a document that may do things. */
export const pictureTypes = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp', gif: 'image/gif' } as const

export type PictureType = (typeof pictureTypes)[keyof typeof pictureTypes]

export type Picture = { readonly type: PictureType; readonly content: Uint8Array }

export const pictureLimits = {
  bytes: 512 * 1024,
  /** on a side: a small file can stand for a picture that fills a phone's memory */
  pixels: 4_096,
} as const
