/** A style sheet as a text, made small. */
declare module '*.css?inline' {
  const text: string
  export default text
}
