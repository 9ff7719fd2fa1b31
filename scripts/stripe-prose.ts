// Makes a line of plain text of a comment in Stripe's SDK: its first sentence or two, without markup.
// Knows texts alone.

/** Where a second sentence would make more than this of it (characters), the first must do. */
const LONGEST = 240;
/** Sentences that recite every value of an enum are cut here. */
const LIMIT = 400;

/** The beginning of a comment as plain text; empty where it says nothing. */
export function summarize(comment: string): string {
  const [first = ''] = plainText(comment).split(/\n\s*\n/).map((paragraph) => paragraph.replaceAll(/\s+/g, ' ').trim()).filter((paragraph) => paragraph !== '');
  const [sentence = '', second] = splitSentences(first);
  const both = second === undefined ? sentence : `${sentence} ${second}`;
  const text = both.length <= LONGEST ? both : sentence;
  return text.length <= LIMIT ? text : `${text.slice(0, text.lastIndexOf(' ', LIMIT))} …`;
}

/** Links become what they are called, tags and emphasis go, entities become their characters; code keeps its backticks. */
function plainText(comment: string): string {
  return comment
    .replaceAll(/!?\[((?:[^[\]]|\[[^\]]*\])*)\]\([^)\s]*\)/g, '$1')
    .replaceAll(/\[([^[\]]+)\]\([^)\s]+/g, '$1')   // Stripe forgot the ')' here and there
    .replaceAll(/<\/?(?:p|br|hr)\b[^>]*>/gi, '\n\n')
    .replaceAll(/<\/?[a-z][^<>]*>/gi, '')
    .replaceAll(/\*\*([^*]+)\*\*/g, '$1')
    .replaceAll(/(^|\s)[*_]([^*_\s][^*_\n]*)[*_](?=[\s.,;:)]|$)/g, '$1$2')
    .replaceAll(/&(\w+|#\d+);/g, (entity, name: string) => ENTITIES.get(name) ?? entity);
}

const ENTITIES = new Map([['lt', '<'], ['gt', '>'], ['amp', '&'], ['quot', '"'], ['apos', "'"], ['#39', "'"], ['nbsp', ' '], ['mdash', '–'], ['ndash', '–']]);

function splitSentences(text: string): readonly string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const match of text.matchAll(/[.!?][)"'`]?\s+(?=[A-Z0-9`"'(])/g)) {
    const end = match.index + match[0].trimEnd().length;
    if (/(?:^|[\s(])(?:e\.g|i\.e|etc|ex|vs|no|approx|U\.S)\.$/i.test(text.slice(from, end))) continue;
    sentences.push(text.slice(from, end));
    from = match.index + match[0].length;
  }
  if (from < text.length) sentences.push(text.slice(from));
  return sentences;
}
