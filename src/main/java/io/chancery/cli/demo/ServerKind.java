package io.chancery.cli.demo;

/** Which web server plays the part of the one that demands client certificates. */
enum ServerKind {
  ANY,
  NGINX,
  OPENSSL
}
