/* dissect_tcp_options.h — options of TCP (RFC 9293 §3.2). Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_TCP_OPTIONS_H
#define NETLAB_CLIENT_DISSECT_DISSECT_TCP_OPTIONS_H

#include "client/dissect/dissect.h"

/* The options AT … END, each a field. */
void dissect_tcp_options(struct dissect *dissect, size_t at, size_t end);

#endif
