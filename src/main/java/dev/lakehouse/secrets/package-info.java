/** References to secrets. Options, workflows and logs contain references, never the secrets. */
package dev.lakehouse.secrets;
