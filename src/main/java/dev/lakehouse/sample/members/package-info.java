/** Members in a MySQL table: filled, and changed by a share of its rows. */
package dev.lakehouse.sample.members;
