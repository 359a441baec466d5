/** The jar on Spark Connect: what it links to, and every task through a real server. */
package dev.lakehouse.connect;
