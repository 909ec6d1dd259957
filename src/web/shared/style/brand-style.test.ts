import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { brandStyle, brandStyleNamed, contrast } from './brand-style.ts'

type Channels = [number, number, number]

function schemesOf(colour: string): Record<string, Channels>[] {
  const [light = '', dark = ''] = brandStyle(colour).text.split('@media')
  return [light, dark].map((text) =>
    Object.fromEntries(
      [...text.matchAll(/(--[\w-]+): rgb\((\d+) (\d+) (\d+)\);/g)].map(([, name, ...of]) => [
        name,
        of.map(Number) as Channels,
      ]),
    ),
  )
}

test('makes shades of any colour that can be read in both schemes', () => {
  const colour = fc.integer({ min: 0, max: 0xffffff }).map((each) => `#${each.toString(16).padStart(6, '0')}`)
  fc.assert(
    fc.property(colour, (each) => {
      const grounds: Channels[][] = [
        [
          [245, 246, 243],
          [255, 255, 255],
        ],
        [
          [14, 20, 18],
          [23, 32, 28],
        ],
      ]
      for (const [index, tokens] of schemesOf(each).entries()) {
        const of = (name: string) => tokens[name] as Channels
        for (const ground of [...(grounds[index] ?? []), of('--tint')]) {
          assert(contrast(of('--accent'), ground) >= 4.5)
          assert(contrast(of('--accent-strong'), ground) >= 4.5)
        }
        for (const fill of ['--fill', '--fill-strong']) assert(contrast(of('--on-fill'), of(fill)) >= 4.5)
      }
    }),
  )
})

test('gives a button the colour itself, and the name of its style leads to it and nothing else', () => {
  assert.deepEqual(schemesOf('#ffcc00')[0]?.['--fill'], [255, 204, 0])
  const { path } = brandStyle('#ffcc00')
  assert.equal(brandStyleNamed(path.replace('/assets/brand/', ''))?.path, path)
  for (const name of ['ffcc00-x.css', 'x', '../pages.css', 'ffcc00-.css'])
    assert.equal(brandStyleNamed(name), undefined)
})
