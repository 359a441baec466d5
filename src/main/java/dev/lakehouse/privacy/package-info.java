/** Pseudonyms: personal values replaced so that who holds the key can read them and nobody else. */
package dev.lakehouse.privacy;
