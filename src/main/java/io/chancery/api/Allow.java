package io.chancery.api;

import io.chancery.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Whom a route serves: callers with one of these roles. What each may reach behind it is another
 * question.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Allow {
  Role[] value();

  /** Only where the roles hold in every organization: what it does is no organization's own. */
  boolean forAll() default false;
}
