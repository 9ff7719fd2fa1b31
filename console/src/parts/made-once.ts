// What is dear to make and depends on a few words: made once for each of them. Formats of numbers and times are such.

/** @param make from words such as a language or a currency, of which there are few: nothing is forgotten */
export function madeOnce<Words extends readonly string[], Made>(make: (...words: Words) => Made): (...words: Words) => Made {
  const made = new Map<string, Made>();
  return (...words) => {
    const key = words.join('\n');
    const known = made.get(key) ?? make(...words);
    made.set(key, known);
    return known;
  };
}
