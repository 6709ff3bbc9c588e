/** What happens to machines: clocks that are set, disks that fill, processes that freeze or end. */
@NullMarked
package io.chancery.chaos.machine;

import org.jspecify.annotations.NullMarked;
