import type { Font } from 'fontkit';

/** What pdfkit 0.20 takes and its types do not name. */
declare global {
  namespace PDFKit.Mixins {
    interface StructureElementOptions {
      /** Of a TH: whether it heads its row or its column. */
      scope?: 'Row' | 'Column';
      /** Of a figure: left, top, right and bottom on its page, in points. */
      bbox?: [number, number, number, number];
    }
    interface PDFFont {
      /** A font that is open already is not opened again for each document. */
      registerFont(name: string, font: Font): this;
    }
  }
}
