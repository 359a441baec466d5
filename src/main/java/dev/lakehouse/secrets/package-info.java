/** Where secrets are kept: references travel through options, workflows and logs, the secrets themselves never do. */
package dev.lakehouse.secrets;
