/** firstSentence is where a text's first sentence ends, in English and in Chinese. */
export const firstSentence = (text: string) => /^.*?(?:[.?!](?=\s|$)|[\u3002\uff1f\uff01])/.exec(text)?.[0] ?? text
