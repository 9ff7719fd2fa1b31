// How the console looks. Colours come in a light and a dark scheme; contrasts are those of WCAG AA.
import { createTheme } from '@mui/material/styles';

/** Nothing moves for those who asked for that, but what says that something is on its way. */
const REDUCED = {
  '*, *::before, *::after': { transitionDuration: '0.01ms !important', scrollBehavior: 'auto !important' },
  '*:not([role=progressbar], [role=progressbar] *)': { animationDuration: '0.01ms !important', animationIterationCount: '1 !important' },
};

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'class' },
  colorSchemes: {
    light: { palette: { primary: { main: '#1a56db' }, success: { main: '#1b7a3d' }, info: { main: '#0b63a5' }, warning: { main: '#9a5b00' }, error: { main: '#b3261e' }, background: { default: '#f6f7f9' } } },
    dark: { palette: { primary: { main: '#8ab4f8' }, success: { main: '#6fcf97' }, warning: { main: '#f2b84b' }, error: { main: '#f28b82' }, background: { default: '#0f1318', paper: '#171c23' } } },
  },
  shape: { borderRadius: 8 },
  typography: { fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif', h1: { fontSize: '1.5rem', fontWeight: 600 }, h2: { fontSize: '1.15rem', fontWeight: 600 }, button: { textTransform: 'none' } },
  components: {
    // The library lets every element inherit this, and browsers share no style between elements that do: thirty times the work for a long table.
    MuiCssBaseline: { styleOverrides: { '*, *::before, *::after': { boxSizing: 'border-box' }, '@media (prefers-reduced-motion: reduce)': REDUCED } },
    // The name of what one is asked about is read to its end.
    MuiDialogTitle: { styleOverrides: { root: { overflowWrap: 'anywhere' } } },
    MuiDialogContentText: { styleOverrides: { root: { overflowWrap: 'anywhere' } } },
    MuiAlert: { styleOverrides: { message: { overflowWrap: 'anywhere', minWidth: 0 } } },
    MuiButton: { defaultProps: { disableElevation: true } },
    MuiTextField: { defaultProps: { size: 'small', fullWidth: true } },
    MuiSelect: { defaultProps: { size: 'small' } },
    // What cannot be changed is still to be read.
    MuiFormHelperText: { styleOverrides: { root: ({ theme }) => ({ '&.Mui-disabled': { color: (theme.vars ?? theme).palette.text.secondary } }) } },
    MuiTableCell: { styleOverrides: { head: { fontWeight: 600 } } },
    MuiToggleButton: { styleOverrides: { root: ({ theme }) => ({ textTransform: 'none', color: (theme.vars ?? theme).palette.text.secondary }) } },
    MuiTooltip: { defaultProps: { arrow: true } },
  },
});
