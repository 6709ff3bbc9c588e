package io.chancery.cli.demo;

/** A web server on loopback that lets nobody in without a good client certificate. */
sealed interface WebServer permits Nginx, OpensslServer {
  String name();

  String url();

  /** Starts it; it is stopped with the workshop. */
  void start();

  /** Makes it read the CRLs anew. */
  void reload();
}
