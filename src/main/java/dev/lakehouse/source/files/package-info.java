/** Files and messages of text: lines, JSON objects and CSV records, each read strictly and with its place. */
package dev.lakehouse.source.files;
