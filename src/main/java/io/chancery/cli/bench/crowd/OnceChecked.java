package io.chancery.cli.bench.crowd;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server's certificate as any client does, but builds its path once: whoever connects a
 * thousand times a second to the same server would measure little else. The server's proof of its
 * key is verified in every handshake by TLS itself.
 */
final class OnceChecked extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager strict;
  private volatile byte[] known = new byte[0];

  OnceChecked(X509ExtendedTrustManager strict) {
    super();
    this.strict = strict;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    byte[] shown = chain[0].getEncoded();
    if (!Arrays.equals(known, shown)) {
      strict.checkServerTrusted(chain, type);
      known = shown;
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return strict.getAcceptedIssuers();
  }
}
