/**
 * The closet of {@code chancery demo}: the whole story of a certificate against a running instance,
 * told with foreign tools (openssl, curl, nginx, Node) that know nothing of this program.
 *
 * <p>{@link io.chancery.cli.demo.Story} is the list of the steps, one small class each; {@link
 * io.chancery.cli.demo.Shell} runs the tools and shows their command lines, {@link
 * io.chancery.cli.demo.Transcript} is what the person reads. What does not live here: any use of
 * the service's own code; only where it is reached comes from {@code local}.
 *
 * <p>Start reading at {@link io.chancery.cli.demo.Story}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {"local"})
package io.chancery.cli.demo;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
