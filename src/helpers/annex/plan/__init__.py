"""What a build must do again, and what is kept of earlier builds."""
