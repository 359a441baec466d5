/** The members product. The code from MySQL to Delta is generic and in other packages. */
package dev.lakehouse.members;
