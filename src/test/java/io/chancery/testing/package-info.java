/** Fakes and real parts that several rooms' tests share. */
package io.chancery.testing;
