import { type Asset, asset } from './asset.ts'

/**
 * A merchant's colour in the place of ours: `#rrggbb` as the style sheet that redefines the tokens, for both schemes. Buttons have the colour as it
 * is (a white one is greyed), with black or white on it; text, marks and focus have the nearest shade of it that stands out from every ground, so a colour may be
 * any.
 */
export function brandStyle(colour: string): Asset {
  const own = channelsOf(colour)
  const light = nearest(own, black, 4.5, [...lightGrounds, mix(white, own, tintPart)])
  const dark = nearest(own, white, 4.5, [...darkGrounds, mix(darkPanel, own, tintPart)])
  const text = `:root {
${tokens([...buttonOf(nearest(own, black, 1.4, [white])), ['--accent', light], ['--accent-strong', mix(light, black, 0.25)], ['--tint', mix(white, own, tintPart)]])}
}

@media (prefers-color-scheme: dark) {
:root {
${tokens([...buttonOf(nearest(own, white, 1.7, [darkPanel])), ['--accent', dark], ['--accent-strong', mix(dark, white, 0.25)], ['--tint', mix(darkPanel, own, tintPart)]])}
}
}
`
  return asset(`brand/${colour.slice(1)}`, 'css', text)
}

/** What becomes of a colour on the pages of one scheme, as CSS colours, with the contrast that is reached. */
export type BrandShades = {
  readonly ground: string
  readonly fill: string
  readonly onFill: string
  readonly accent: string
  /** of the button's text on the button, and of coloured text on the page */
  readonly fillContrast: number
  readonly accentContrast: number
  /** the colour itself would be too faint for text, so a shade of it is used there */
  readonly isShaded: boolean
}

/** The shades that `brandStyle` makes, for who chooses a colour. */
export function brandShades(colour: string): { readonly light: BrandShades; readonly dark: BrandShades } {
  const own = channelsOf(colour)
  const tint = (ground: Channels) => mix(ground, own, tintPart)
  return {
    light: shadesOn(
      own,
      white,
      nearest(own, black, 1.4, [white]),
      nearest(own, black, 4.5, [...lightGrounds, tint(white)]),
    ),
    dark: shadesOn(
      own,
      darkPanel,
      nearest(own, white, 1.7, [darkPanel]),
      nearest(own, white, 4.5, [...darkGrounds, tint(darkPanel)]),
    ),
  }
}

function shadesOn(own: Channels, ground: Channels, fill: Channels, accent: Channels): BrandShades {
  const [, , [, onFill]] = buttonOf(fill)
  return {
    ...{ ground: css(ground), fill: css(fill), onFill: css(onFill), accent: css(accent) },
    ...{ fillContrast: contrast(onFill, fill), accentContrast: contrast(accent, ground) },
    isShaded: css(accent) !== css(own),
  }
}

function css(colour: Channels): string {
  return `rgb(${colour.join(' ')})`
}

/** The colour whose style sheet has this name; undefined when it is none, or of another version of this program. */
export function brandStyleNamed(name: string): Asset | undefined {
  const colour = /^([0-9a-f]{6})-/.exec(name)?.[1]
  const style = colour === undefined ? undefined : brandStyle(`#${colour}`)
  return style?.path === `/assets/brand/${name}` ? style : undefined
}

type Channels = readonly [red: number, green: number, blue: number]

const white: Channels = [255, 255, 255]
const black: Channels = [0, 0, 0]

/** What text may stand on: ground and panel of tokens.css. A tint of the merchant's own comes with their colour. */
const darkPanel: Channels = [23, 32, 28]
const lightGrounds: readonly Channels[] = [[245, 246, 243], white]
const darkGrounds: readonly Channels[] = [[14, 20, 18], darkPanel]
const tintPart = 0.1

/** The first mixture on the way to black or white that stands out from all of the grounds. */
function nearest(colour: Channels, target: Channels, ratio: number, grounds: readonly Channels[]): Channels {
  for (let part = 0; part < 1; part += 0.02) {
    const mixed = mix(colour, target, part)
    if (grounds.every((ground) => contrast(mixed, ground) >= ratio)) return mixed
  }
  return target
}

/** Black or white reads 4.5:1 on any colour, and better still on the one that the pointer brings. */
function buttonOf(fill: Channels) {
  const text = contrast(fill, white) >= 4.5 ? white : black
  const strong = mix(fill, text === white ? black : white, 0.15)
  return [
    ['--fill', fill],
    ['--fill-strong', strong],
    ['--on-fill', text],
  ] as const
}

function mix(one: Channels, other: Channels, part: number): Channels {
  const at = (index: 0 | 1 | 2) => Math.round(one[index] + (other[index] - one[index]) * part)
  return [at(0), at(1), at(2)]
}

/** WCAG 2.2, "contrast ratio". */
export function contrast(one: Channels, other: Channels): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

function luminance(colour: Channels): number {
  const [red = 0, green = 0, blue = 0] = colour.map((each) => {
    const part = each / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function channelsOf(colour: string): Channels {
  const at = (start: number) => Number.parseInt(colour.slice(start, start + 2), 16)
  return [at(1), at(3), at(5)]
}

function tokens(list: readonly (readonly [name: string, colour: Channels])[]): string {
  return list.map(([name, colour]) => `  ${name}: rgb(${colour.join(' ')});`).join('\n')
}
