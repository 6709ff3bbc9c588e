package io.chancery.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A route whose deed asks the book who calls, in its own transaction or before it refuses: {@link
 * io.chancery.access.Access.Claim}. On any other route a claim would be believed.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ConfirmsLogin {}
