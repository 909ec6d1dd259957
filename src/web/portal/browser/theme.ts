import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** The green of the hosted pages, light to dark. */
const sea: MantineColorsTuple = [
  '#e4f1eb',
  '#cbe5da',
  '#9fd0bd',
  '#6fd6b4',
  '#3fa584',
  '#1f8266',
  '#126d55',
  '#0e6550',
  '#0b5c49',
  '#07432f',
]

/** As the other hosted pages look: their colours, their letters, their corners. */
export const theme = createTheme({
  colors: { sea },
  primaryColor: 'sea',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  defaultRadius: 'md',
  headings: { fontWeight: '650' },
  components: {
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, centered: true } },
    // Inside a dialog a header is not a banner of the page, which axe would take it for.
    ModalHeader: { defaultProps: { role: 'none' } },
    Alert: { defaultProps: { closeButtonLabel: 'Close' } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
  },
})

/** Grey text is 4.5:1 or better on its ground in both schemes. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f5f6f3',
    '--mantine-color-dimmed': '#54625b',
    '--mantine-color-placeholder': '#5d6b64',
    '--mantine-color-text': '#14201b',
    '--portal-panel': '#ffffff',
    '--portal-bar': '#126d55',
    '--portal-bar-before': '#c4d3cc',
    '--portal-note': '#fdf3d9',
    '--portal-note-ink': '#6b4a00',
  },
  dark: {
    '--mantine-color-body': '#0e1412',
    '--mantine-color-dimmed': '#a8b7af',
    '--mantine-color-placeholder': '#a8b7af',
    '--mantine-color-text': '#edf3f0',
    '--mantine-color-anchor': '#6fd6b4',
    '--portal-panel': '#17201c',
    '--portal-bar': '#3fa584',
    '--portal-bar-before': '#3a4842',
    '--portal-note': '#352b12',
    '--portal-note-ink': '#f3d58a',
  },
})
