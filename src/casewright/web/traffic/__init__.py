"""What a person decides on a traffic matter: name the keeper, decide a default, cancel."""
