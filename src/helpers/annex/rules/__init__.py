"""What no page may lack and none may hold; a build that breaks a rule publishes nothing."""
