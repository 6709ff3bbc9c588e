package io.chancery.cli.ceremony;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A token that the ceremony uses.
 *
 * @param hsmYaml describes it
 * @param soPinFile where it is given, a blank token is initialized under the label of {@code
 *     hsmYaml}
 */
public record TokenSpec(Path hsmYaml, Optional<Path> soPinFile) {}
