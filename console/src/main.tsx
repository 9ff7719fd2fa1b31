// The beginning of the page: words, then the application.
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { Wordless } from './app/wordless.tsx';
import { startWords } from './words/language.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element to stand in.');
const hasWords = await startWords().then(() => true, () => false);
createRoot(root).render(hasWords ? <App /> : <Wordless />);
