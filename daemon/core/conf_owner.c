/* conf_owner.c — see conf_owner.h. */
#include "core/conf_owner.h"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

static const struct passwd *
user_of(const struct conf *conf)
{
	return geteuid() == 0 ? getpwnam(cfg_getstr(conf_root(conf), "user"))
	                      : NULL;
}

bool
conf_owner_uid(const struct conf *conf, uid_t *uid)
{
	const struct passwd *user = user_of(conf);

	if (user != NULL)
		*uid = user->pw_uid;
	return user != NULL;
}

void
conf_owner_give(const struct conf *conf, int fd)
{
	const struct passwd *user = user_of(conf);
	const struct group *group =
	    getgrnam(cfg_getstr(conf_root(conf), "group"));

	if (user != NULL &&
	    fchown(fd, user->pw_uid,
	        group != NULL ? group->gr_gid : user->pw_gid) == -1)
		return;
}

void
conf_owner_check_secret(const struct conf *conf, const char *path,
    const struct stat *st, const char *what)
{
	struct report *report = conf_report(conf);
	uid_t user;

	if ((st->st_mode & (S_IROTH | S_IWGRP | S_IWOTH)) != 0)
		conf_warning(report, path, 0,
		    "others can read %s: chmod g-w,o-rwx", what);
	else if (conf_owner_uid(conf, &user) && st->st_uid != user &&
	         (st->st_mode & S_IRGRP) == 0)
		conf_warning(report, path, 0,
		    "the user that the daemon becomes cannot read it: a reload "
		    "will fail");
}
