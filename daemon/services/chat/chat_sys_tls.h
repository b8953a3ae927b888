/*
 * chat_sys_tls.h — how the chat trusts its broker: TLS 1.2 at least, by the
 * certificates that the loader has read. No file is opened here. CHAT WORKER
 * only.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_SYS_TLS_H
#define NETLAB_SERVICES_CHAT_CHAT_SYS_TLS_H

#include "core/span.h"
#include "services/chat/chat_broker.h"

#include <openssl/types.h>

/* What every connection to a broker is made with. */
struct chat_sys_tls {
	SSL_CTX *context;
	const struct chat_broker *broker;
	int fault; /* X509_V_ERR_*: of the last certificate that was refused */
};

/*
 * The broker's certificate has to be of a CA in BROKER->ca and for BROKER->host
 * (RFC 6125), which is also what it is told to be wanted as (SNI, RFC 6066 §3),
 * whatever address it is reached at. PART is where the files lie; it and BROKER
 * outlive what is returned, which the caller closes. NULL, and WHY, a static
 * string.
 */
struct chat_sys_tls *chat_sys_tls_open(
    const struct chat_broker *broker, struct span part, const char **why);

/* NULL: nothing. */
void chat_sys_tls_close(struct chat_sys_tls *tls);

/* Why a handshake has failed, a static string. The next begins without it. */
const char *chat_sys_tls_fault(struct chat_sys_tls *tls);

#endif
