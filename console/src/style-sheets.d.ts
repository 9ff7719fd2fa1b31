// What the build makes of style sheets: they are in the page, and give nothing to scripts.
declare module '*.css';
