/** Pseudonyms: replacements for personal values that can only be read with the key. */
package dev.lakehouse.privacy;
