import { XMLParser, XMLValidator } from 'fast-xml-parser'

const gatewayNamespace = 'http://greidslugatt.valitor.is'
export const operationName = 'FramkvaemaAdgerd'
export const soapAction = `"${gatewayNamespace}/${operationName}"`

/** Element names and their text, or a nested element. An absent value leaves its element out. */
export type Fields = { readonly [name: string]: string | Fields | undefined }

/** A SOAP 1.1 envelope around one element of the gateway's namespace. */
export function writeEnvelope(element: string, fields: Fields): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
    `<${element} xmlns="${gatewayNamespace}">${writeFields(fields)}</${element}>` +
    '</soap:Body></soap:Envelope>'
  )
}

function writeFields(fields: Fields): string {
  let xml = ''
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    xml += `<${name}>${typeof value === 'string' ? escapeXml(value) : writeFields(value)}</${name}>`
  }
  return xml
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text for an element. Characters that XML 1.0 cannot hold (control characters, lone surrogates) become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => escapes[character] ?? character)
}

/** An element as read: text, children by local name, or a list where the name is repeated. */
export type Node = { readonly [name: string]: unknown }

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Codes and numbers are text here: `05` is not 5.
  parseTagValue: false,
  // Only the five entities of XML itself are left, since a document type is refused below.
  processEntities: { enabled: true, maxEntityCount: 0 },
  maxNestedTags: 16,
})

/** The children of the first element named `element` in an envelope's body, or undefined when the text is anything else. */
export function readEnvelope(text: string, element: string): Node | undefined {
  const body = childOf(childOf(parseXml(text), 'Envelope'), 'Body')
  return childOf(body, element)
}

/** A document type is the only way to define an entity, and no SOAP message has one. */
function parseXml(text: string): unknown {
  if (/<!doctype/i.test(text)) return undefined
  try {
    return XMLValidator.validate(text) === true ? parser.parse(text) : undefined
  } catch {
    // Text from outside that is not XML, too deep or with reserved names: an expected refusal, answered as no document.
    return undefined
  }
}

export function childOf(node: unknown, name: string): Node | undefined {
  const value = valueAt(node, name)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : undefined
}

/** The text of a child, or undefined when it is missing, empty, repeated or has children of its own. */
export function textOf(node: unknown, name: string): string | undefined {
  const text = valueAt(node, name)
  return typeof text === 'string' && text !== '' ? text : undefined
}

function valueAt(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, name) ? (node as Node)[name] : undefined
}
