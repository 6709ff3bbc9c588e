/**
 * The ground: values and codecs of X.509, and the one strict parser of certification requests.
 *
 * <p>Bytes and strings become types here and never turn back inside. A constructor refuses the
 * impossible. What does not live here: any opinion on what may be issued ({@code profile}), any key
 * that signs ({@code hsm}), anything that knows a database.
 *
 * <p>Start reading at {@link io.chancery.x509.Csr}, then {@link io.chancery.x509.SubjectAltName}.
 */
@NullMarked
@Room(floor = 0)
package io.chancery.x509;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
