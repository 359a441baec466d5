/** The members product. The way from MySQL to Delta knows no table and is not here. */
package dev.lakehouse.members;
