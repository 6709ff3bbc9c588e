package io.chancery;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sign on a room's door: its floor, and the rooms it may import besides the hall and {@code
 * x509}. The architecture test reads these signs and holds the class files to them.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PACKAGE)
public @interface Room {
  /** 0 is the ground; imports go down, or sideways where {@link #mayImport} says so. */
  int floor();

  /** Names of rooms (the last part of the package), besides the hall and {@code x509}. */
  String[] mayImport() default {};
}
