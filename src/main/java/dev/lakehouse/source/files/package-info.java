/**
 * Text files and messages: lines, JSON objects and CSV records, each read strictly and with its file and line number.
 */
package dev.lakehouse.source.files;
