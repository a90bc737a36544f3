const browsers: [RegExp, string][] = [
  [/\bEdg\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bMicroMessenger\//, 'WeChat'],
  [/\bFirefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
]

const systems: [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

const first = (all: [RegExp, string][], text: string) => all.find(([pattern]) => pattern.test(text))?.[1]

/** browserOf names a browser and its system by what it says of itself; '' when it is an unknown one. */
export const browserOf = (userAgent: string) => [first(browsers, userAgent), first(systems, userAgent)].filter(Boolean).join(' · ')
