import sax from 'sax';

/**
 * The names of all elements of an XML text, to tell that no text of a template has become one.
 * @throws when the text is not well-formed
 */
export function elementsOf(xml: string): ReadonlySet<string> {
  const names = new Set<string>();
  const parser = sax.parser(true);
  parser.onopentag = ({ name }) => names.add(name);
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(xml).close();
  return names;
}
