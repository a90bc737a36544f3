import { theme as antd, type ThemeConfig } from 'antd'

import type { Theme } from './preferences'

// antd computes shades from colours, so it needs values and not our CSS variables: these repeat
// tokens.css.
const colours = {
  light: {
    bg: '#f6f7f9', surface: '#ffffff', elevated: '#ffffff', border: '#e4e6ec', strong: '#cfd3dc', text: '#14171f', muted: '#5b6270',
    ink: '#171a23', onInk: '#ffffff', accent: '#08697b', ok: '#12734b', warn: '#8f5300', error: '#b42318', hover: '#eef0f4',
    tints: { info: ['#e7f2f4', '#b5d8de'], ok: ['#e7f1ed', '#b3d3c6'], warn: ['#f5eee6', '#e0cbb0'], error: ['#f9ebea', '#edc2be'] },
  },
  dark: {
    bg: '#0e1116', surface: '#161a21', elevated: '#1c212a', border: '#262c36', strong: '#39414e', text: '#e8ebf1', muted: '#98a1b2',
    ink: '#f0f2f6', onInk: '#14171f', accent: '#3fc1d6', ok: '#3ecf8e', warn: '#e3b341', error: '#ff7b72', hover: '#202632',
    tints: { info: ['#1c2f38', '#27515c'], ok: ['#1b2f2f', '#265444'], warn: ['#302f29', '#5b4e2f'], error: ['#33272f', '#683c3e'] },
  },
}

/** undimmed takes our colours as they are: antd dims what it is given for a dark theme, and ours are made for one. */
const undimmed: typeof antd.darkAlgorithm = (seed, made = antd.darkAlgorithm(seed)) => ({
  ...made,
  colorPrimary: seed.colorPrimary,
  colorInfo: seed.colorInfo,
  colorLink: seed.colorLink,
  colorSuccess: seed.colorSuccess,
  colorWarning: seed.colorWarning,
  colorError: seed.colorError,
})

/** antdTheme dresses antd in our tokens. */
export function antdTheme(theme: Theme): ThemeConfig {
  const c = colours[theme]
  return {
    algorithm: theme === 'dark' ? [antd.darkAlgorithm, undimmed] : antd.defaultAlgorithm,
    hashed: false,
    token: {
      fontSize: 13,
      fontFamily: 'var(--sans)',
      fontFamilyCode: 'var(--mono)',
      controlHeight: 32,
      controlHeightSM: 26,
      borderRadius: 6,
      borderRadiusLG: 10,
      colorPrimary: c.ink,
      colorTextLightSolid: c.onInk,
      // What antd makes of dark colours for their backgrounds is dark as well.
      colorPrimaryBg: c.hover,
      colorPrimaryBgHover: c.border,
      controlItemBgActive: c.hover,
      controlItemBgActiveHover: c.border,
      colorInfoBg: c.tints.info[0],
      colorInfoBorder: c.tints.info[1],
      colorSuccessBg: c.tints.ok[0],
      colorSuccessBorder: c.tints.ok[1],
      colorWarningBg: c.tints.warn[0],
      colorWarningBorder: c.tints.warn[1],
      colorErrorBg: c.tints.error[0],
      colorErrorBorder: c.tints.error[1],
      colorInfo: c.accent,
      colorLink: c.accent,
      colorSuccess: c.ok,
      colorWarning: c.warn,
      colorError: c.error,
      colorBgLayout: c.bg,
      colorBgContainer: c.surface,
      colorBgElevated: c.elevated,
      colorBorder: c.strong,
      colorBorderSecondary: c.border,
      colorText: c.text,
      colorTextSecondary: c.muted,
      colorTextTertiary: c.muted,
      colorTextDescription: c.muted,
      colorTextPlaceholder: c.muted,
      motionDurationFast: '0.1s',
      motionDurationMid: '0.14s',
      motionDurationSlow: '0.14s',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
      Segmented: { trackBg: c.hover, itemSelectedBg: c.elevated },
      Table: { headerBg: c.surface, headerColor: c.muted, rowHoverBg: c.hover },
      Switch: { colorPrimary: c.accent, colorPrimaryHover: c.accent },
      Tabs: { inkBarColor: c.accent, itemSelectedColor: c.text },
      Tag: { defaultBg: c.hover },
    },
  }
}
