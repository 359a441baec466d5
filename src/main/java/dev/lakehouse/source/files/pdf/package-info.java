/** The text of PDF documents and its position on their pages. */
package dev.lakehouse.source.files.pdf;
