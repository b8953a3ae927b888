/*
 * loader_listen.h — the keys that say where a service listens, and who may
 * speak for others there. Loader process (and -t) only.
 */
#ifndef NETLAB_LOADER_LOADER_LISTEN_H
#define NETLAB_LOADER_LOADER_LISTEN_H

#include "core/conf.h"
#include "core/settings.h"
#include "service.h"

/* The first of SERVICE's endpoints that SECTION has a key for, right or wrong;
 * NULL: none. */
const struct endpoint *loader_listen_endpoint(
    const struct conf *conf, cfg_t *section, const struct service *service);

/* Adds the addresses that the file names for SERVICE, INDEX in its table, to
 * SETTINGS. Mistakes go to the report; false: there are too many (told). */
bool loader_listen_service(const struct conf *conf,
    const struct service *service, unsigned index, struct settings *settings)
    __attribute__((warn_unused_result));

/* Whether one of SERVICE's endpoints has a PROXY header: then its section has
 * the key proxy_from. */
bool loader_listen_is_proxied(const struct service *service);

/* Reads proxy_from of ROLE's section, which has that key. */
void loader_listen_proxies(
    const struct conf *conf, enum role role, struct settings *settings);

#endif
