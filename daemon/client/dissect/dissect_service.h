/* dissect_service.h — what UDP and TCP carry: known by its ports, or by how it
 * begins. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_SERVICE_H
#define NETLAB_CLIENT_DISSECT_DISSECT_SERVICE_H

#include "client/dissect/dissect.h"
#include "core/addr.h"

struct dissect_service {
	enum transport transport;
	uint16_t from, to; /* ports */
	bool is_whole;     /* no byte of the datagram or segment is missing */
};

/* Bytes AT … END, which SERVICE's datagram or segment carries: by the service's
 * own dissector, or as data. Segments are not joined. */
void dissect_service(struct dissect *dissect,
    const struct dissect_service *service, size_t at, size_t end);

/* The field of a port, two bytes at AT, with the service that it is for. */
void dissect_service_port(
    struct dissect *dissect, size_t at, const char *name, const char *rfc);

#endif
