/** Files at any location: the {@link dev.lakehouse.storage.FileStore}, and Delta's and Spark's extensions for S3. */
package dev.lakehouse.storage;
