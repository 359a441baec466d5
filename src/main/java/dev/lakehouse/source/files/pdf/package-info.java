/** The text of PDF documents and its place on their pages. */
package dev.lakehouse.source.files.pdf;
