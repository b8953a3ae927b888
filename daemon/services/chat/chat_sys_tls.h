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

/*
 * What every connection to BROKER is made with: its certificate has to be of a
 * CA in BROKER->ca and for BROKER->host (RFC 6125), which is also what it is
 * told to be wanted as (SNI, RFC 6066 §3), whatever address it is reached at.
 * PART is where the files lie; it and BROKER outlive the context. The caller
 * frees it with SSL_CTX_free. NULL, and WHY, a static string.
 */
SSL_CTX *chat_sys_tls_open(
    const struct chat_broker *broker, struct span part, const char **why);

#endif
