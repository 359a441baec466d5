/** Files, wherever they are: one {@link dev.lakehouse.storage.FileStore} and what S3 needs. */
package dev.lakehouse.storage;
