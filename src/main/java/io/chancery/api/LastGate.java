package io.chancery.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/** Stands behind every resource: whoever has waited for a place makes room for the next. */
@Provider
class LastGate implements ContainerResponseFilter {
  @Inject Queue queue;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    queue.leave();
  }
}
