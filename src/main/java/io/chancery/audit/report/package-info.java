/**
 * The closet of what an audit says: findings with their leaf, the report, how far it is.
 *
 * <p>Pure values, and one collector for several threads. What does not live here: finding anything.
 *
 * <p>Start reading at {@link io.chancery.audit.report.FindingKind}.
 */
@NullMarked
@Room(floor = 4)
package io.chancery.audit.report;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
