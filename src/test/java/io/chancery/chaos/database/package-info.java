/**
 * What a database can do to a service, one class each, and the server that it is done to. Whoever
 * wants to harm a service's database asks {@link io.chancery.chaos.database.Faults} for a list.
 */
@NullMarked
package io.chancery.chaos.database;

import org.jspecify.annotations.NullMarked;
