import { disableTypes, imageSize, types } from 'image-size'
import { type Picture, pictureLimits, pictureTypes } from '../../domain/picture/picture.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'

// Formats that are none of ours are not even read.
disableTypes(types.filter((each) => !Object.hasOwn(pictureTypes, each)))

/** Why a picture cannot be shown, and a sentence that says it; `detail` is the number in it. */
export type PictureProblem = {
  readonly code: 'picture_too_large' | 'picture_unreadable' | 'picture_too_wide'
  readonly sentence: string
  readonly detail: string
}

/**
 * The picture in a file, by what the file holds and not by what somebody says it is; or why it cannot be shown.
 * Its pixels are not looked at: browsers decode it in their own sandbox, and are told its type and to believe nothing else.
 */
export function readPicture(content: Uint8Array): Result<Picture, PictureProblem> {
  const { bytes, pixels } = pictureLimits
  const kilobytes = String(bytes / 1024)
  if (content.length > bytes)
    return refuse({ code: 'picture_too_large', sentence: `a picture may have ${kilobytes} KB`, detail: kilobytes })
  const size = sizeOf(content)
  if (!size)
    return refuse({
      code: 'picture_unreadable',
      sentence: 'a picture must be a PNG, JPEG, WebP or GIF file',
      detail: '',
    })
  if (![size.width, size.height].every((each) => each >= 1 && each <= pixels))
    return refuse({
      code: 'picture_too_wide',
      sentence: `a picture may have ${pixels} pixels on a side`,
      detail: String(pixels),
    })
  return ok({ type: size.type, content })
}

function sizeOf(content: Uint8Array) {
  try {
    const { type = '', width, height } = imageSize(content)
    const known = Object.entries(pictureTypes).find(([name]) => name === type)
    return known && { type: known[1], width, height }
  } catch {
    // A refusal: the file is none of these formats, or broken.
    return undefined
  }
}
