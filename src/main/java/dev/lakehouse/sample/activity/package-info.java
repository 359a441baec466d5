/** Files of user activity, with repeated and bad lines. */
package dev.lakehouse.sample.activity;
